package org.bpfree.train;

/** Counts images whose label is among the five classes with the largest scores. */
public final class TopFive implements Evaluator.Visitor {
    private static final int FIVE = 5;

    private int images;
    private int found;

    @Override
    public void predicted(int label, int prediction, int rank) {
        images++;
        found += rank < FIVE ? 1 : 0;
    }

    /**
     * The share of images, 0 to 1; null where it says nothing: with five classes or fewer, or without images.
     *
     * @param classes how many there are
     */
    public Double share(int classes) {
        return classes <= FIVE || images == 0 ? null : (double) found / images;
    }
}
