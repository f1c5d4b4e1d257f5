/**
 * Forward-Forward (Hinton, <i>The Forward-Forward Algorithm: Some Preliminary Investigations</i>, arXiv 2212.13345): layers that tell images with
 * their label from images with another by the size of their activity.
 */
package org.bpfree.learn.forwardforward;
