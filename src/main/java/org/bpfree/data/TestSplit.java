package org.bpfree.data;

import java.util.function.Supplier;

/** The test split, whose files are opened only when it is asked for, and once. */
final class TestSplit {
    private Supplier<ImageSet> reader;
    private ImageSet images;

    TestSplit(Supplier<ImageSet> reader) {
        this.reader = reader;
    }

    synchronized ImageSet read() {
        if (images == null) {
            images = reader.get();
            reader = null;
        }
        return images;
    }
}
