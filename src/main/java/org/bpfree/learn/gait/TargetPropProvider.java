package org.bpfree.learn.gait;

/** Announces target propagation. */
public final class TargetPropProvider extends GaitProvider<TargetPropSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public TargetPropProvider() {
        super(
                TargetPropSettings.class,
                "Target propagation: the target of a layer is the exact inverse of the target above.",
                "Bengio 2014; Lee et al., arXiv 1412.7525; with exact inverses Ahmad, van Gerven, Ambrogioni, arXiv 2006.06438",
                settings -> Targets.WHOLE);
    }
}
