package org.bpfree.run;

import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.Json;
import org.bpfree.train.Evaluator;

/**
 * Which test images a run classified correctly: what the sampling error of the test set follows from, paired over images.
 *
 * @param images how many were tested
 * @param correct one bit an image in the order of the test split, the first in the lowest bit of the first byte, in Base64
 */
public record CorrectImages(int images, String correct) {
    private static final String FILE = "correct.json";

    /** Counts while images are tested. */
    static final class Counter implements Evaluator.Visitor {
        private final BitSet right = new BitSet();
        private int images;

        @Override
        public void predicted(int label, int prediction, int rank) {
            right.set(images++, label == prediction);
        }

        CorrectImages result() {
            return new CorrectImages(images, Base64.getEncoder().encodeToString(right.toByteArray()));
        }
    }

    /** The numbers of the images that were right, counted from 0. */
    public BitSet which() {
        return BitSet.valueOf(Base64.getDecoder().decode(correct));
    }

    /** Replaces the file in a run folder. */
    void write(RunFolder folder) {
        AtomicFile.write(folder.file(FILE), Json.line(this) + "\n");
    }

    /** What a run folder holds; nothing where the run was not tested, or by a version of bpfree that did not write it. */
    static Optional<CorrectImages> read(RunFolder folder) {
        return folder.json(FILE, CorrectImages.class);
    }
}
