package org.bpfree.data;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The three parts of a dataset, always apart: the images that are learned from, the ones held out of them to choose by, and the
 * test images, which are read once, at the end.
 */
public final class Splits {
    private final ImageSet train;
    private final ImageSet validation;
    private final TestSplit test;
    private final Checksums checksums;
    private final Normalizer normalizer;

    public Splits(
            ImageSet train, ImageSet validation, Supplier<ImageSet> test, Checksums checksums, Normalizer normalizer) {
        this.train = train;
        this.validation = validation;
        this.test = new TestSplit(test);
        this.checksums = checksums;
        this.normalizer = normalizer;
    }

    /** The images to learn from. */
    public ImageSet train() {
        return train;
    }

    /** The images held out of the training split; size 0 when none are. */
    public ImageSet validation() {
        return validation;
    }

    /** The test images; the first call reads their files, later ones answer from memory. */
    public ImageSet readTest() {
        return test.read();
    }

    /** SHA-256 of every file read so far, by file name, sorted; generated images have none. */
    public Map<String, String> checksums() {
        return checksums.asMap();
    }

    /** How pixels become numbers, measured on the training images where the setting asks for it. */
    public Normalizer normalizer() {
        return normalizer;
    }
}
