/**
 * Formats of data files, IDX, CIFAR, MATLAB and pictures, read into images, and of downloaded archives. Which files make a dataset belongs to
 * {@link org.bpfree.data.catalogue}.
 */
package org.bpfree.data.format;
