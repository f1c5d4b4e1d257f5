package org.bpfree.data.catalogue;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * CIFAR-100 (Krizhevsky 2009), whose images have two labels.
 *
 * @param labels which of them is learned
 */
@TypeName("cifar-100")
@Doc("32x32x3 photographs of 100 classes, or of 20 groups of these.")
public record Cifar100(
        @Doc("Which of the two labels of an image is learned.") @Default("fine")
        Labels labels) implements PublishedDataset {
    /** Which label. */
    public enum Labels {
        @Doc("The class, of 100.")
        FINE,
        @Doc("The group of five classes, of 20.")
        COARSE
    }

    private static final int COARSE_BYTE = 0;
    private static final List<String> GROUPS = List.of(
            "aquatic mammals",
            "fish",
            "flowers",
            "food containers",
            "fruit and vegetables",
            "household electrical devices",
            "household furniture",
            "insects",
            "large carnivores",
            "large man-made outdoor things",
            "large natural outdoor scenes",
            "large omnivores and herbivores",
            "medium-sized mammals",
            "non-insect invertebrates",
            "people",
            "reptiles",
            "small mammals",
            "trees",
            "vehicles 1",
            "vehicles 2");

    /** With the fine labels. */
    public Cifar100() {
        this(Labels.FINE);
    }

    @Override
    public DatasetManifest manifest() {
        DatasetManifest fine = PublishedDataset.super.manifest();
        return labels == Labels.FINE ? fine : fine.labelledBy(COARSE_BYTE, GROUPS);
    }
}
