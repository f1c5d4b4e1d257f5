/**
 * From files to batches: the dataset catalogue and its downloads, readers for the official formats, generated images, splits,
 * augmentation and the thread that prepares batches ahead of training. Shapes are {@code [batch, height, width, channels]}.
 */
package org.bpfree.data;
