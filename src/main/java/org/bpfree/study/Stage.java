package org.bpfree.study;

/**
 * A round of a study, with a plan of its own: the cells of the next one follow from what the cells of this one reached.
 *
 * @param name {@code tuning}, {@code tuning-1}, …, or {@code final}
 * @param rung of successive halving, counted from 0; 0 for a plain search; -1 for the final runs
 */
public record Stage(String name, int rung) {
    /** The runs that are compared. */
    public static final Stage FINAL = new Stage("final", -1);

    /** Whether its runs choose settings and see no test image. */
    public boolean tunes() {
        return rung >= 0;
    }
}
