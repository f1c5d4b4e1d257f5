package org.bpfree.learn.gait;

/** Announces GAIT-prop. */
public final class GaitPropProvider extends GaitProvider<GaitPropSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public GaitPropProvider() {
        super(
                GaitPropSettings.class,
                "GAIT-prop: small targets, adjusted by the squared derivative, through exact inverses.",
                "Ahmad, van Gerven, Ambrogioni: GAIT-prop, arXiv 2006.06438; adaptive increments: Dalm, Ahmad, Ambrogioni, van Gerven: Scaling up learning with GAIT-prop, arXiv 2102.11598v1, 2021",
                Targets::of);
    }
}
