/**
 * The datasets there are: their manifests, their files, whether these are sound, and the way from a dataset's name to its images.
 */
package org.bpfree.data.catalogue;
