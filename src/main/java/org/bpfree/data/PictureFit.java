package org.bpfree.data;

import org.bpfree.settings.Doc;

/** How a picture of other proportions than the images of a dataset is brought to their size. */
public enum PictureFit {
    @Doc("Stretched, whatever its proportions.")
    STRETCH,
    @Doc("The largest part from its middle that has the right proportions.")
    CROP,
    @Doc("The whole picture in the middle, with the background beside it.")
    PAD
}
