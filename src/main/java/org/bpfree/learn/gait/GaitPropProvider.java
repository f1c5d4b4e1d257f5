package org.bpfree.learn.gait;

/** Announces GAIT-prop. */
public final class GaitPropProvider extends GaitProvider<GaitPropSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public GaitPropProvider() {
        super(
                GaitPropSettings.class,
                "GAIT-prop: small targets, adjusted by the squared derivative, through exact inverses.",
                "Ahmad, van Gerven, Ambrogioni: GAIT-prop, arXiv 2006.06438; Dalm, Ahmad, Ambrogioni, van Gerven, arXiv 2102.11598",
                Targets::of);
    }
}
