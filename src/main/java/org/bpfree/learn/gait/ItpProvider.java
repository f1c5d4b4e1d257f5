package org.bpfree.learn.gait;

/** Announces incremental target propagation. */
public final class ItpProvider extends GaitProvider<ItpSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public ItpProvider() {
        super(
                ItpSettings.class,
                "Incremental target propagation: GAIT-prop without the adjustment by the derivative.",
                "Ahmad, van Gerven, Ambrogioni: GAIT-prop, arXiv 2006.06438",
                Targets::of);
    }
}
