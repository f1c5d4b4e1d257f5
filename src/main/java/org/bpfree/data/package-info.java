/**
 * Images and batches: image sets and their splits, normalization, augmentation, and the thread that prepares batches ahead of training. Shapes
 * are {@code [batch, height, width, channels]}. How files are read belongs to {@link org.bpfree.data.format}, which there are to {@link
 * org.bpfree.data.catalogue}, and how they are fetched to {@link org.bpfree.data.download}.
 */
package org.bpfree.data;
