package org.bpfree.data;

/**
 * The shape of one image: rows, then columns, then channels, the channel varying fastest.
 *
 * @param height rows in pixels
 * @param width columns in pixels
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record ImageShape(int height, int width, int channels) {
    /** Checks that no extent is zero or negative. */
    public ImageShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("Image shape " + height + "x" + width + "x" + channels + " is empty");
        }
    }

    /** Numbers in one image: height x width x channels. */
    public int size() {
        return height * width * channels;
    }

    /** As people write it: {@code 32x32x3}. */
    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
