package org.bpfree.train;

/** Training produced NaN or infinity. */
public final class Divergence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /**
     * Names the place.
     *
     * @param where the tensor or figure, in words
     * @param value what it is
     */
    public Divergence(String where, double value) {
        super(where + " is " + value);
        this.where = where;
    }

    /** The tensor or figure, in words. */
    public String where() {
        return where;
    }
}
