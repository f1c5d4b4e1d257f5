/** What the layers of a trained network make of images: maps to look at, and how well a linear classifier reads them. */
package org.bpfree.measure.features;
