package org.bpfree.data;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.DataSettings.Synthetic;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.DatasetWriter;
import org.bpfree.data.catalogue.PublishedDataset;
import org.bpfree.random.RandomStream;

/** Images and settings for tests. */
public final class TestImages {
    static final Augmentation UNCHANGED = new Augmentation(false, 0);

    private TestImages() {}

    /** Images of random bytes with labels 0, 1, … 9, 0, …. */
    public static ImageSet random(ImageShape shape, int count) {
        RandomGenerator random = RandomStream.of(7, "test-images");
        byte[] pixels = new byte[count * shape.size()];
        random.nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return new ImageSet(shape, count, 10, pixels, labels);
    }

    /** Writes random images as the given dataset; 20 training and 10 test images. */
    public static DatasetManifest write(PublishedDataset dataset, Path folder) {
        DatasetManifest manifest = dataset.manifest();
        DatasetWriter.write(manifest, folder, random(manifest.shape(), 20), random(manifest.shape(), 10));
        return manifest;
    }

    public static DataSettings settings(DatasetSource dataset, int validation, int trainLimit, int testLimit) {
        return new DataSettings(
                dataset,
                validation,
                Normalization.CENTERED,
                DataSettings.Order.AUTO,
                UNCHANGED,
                new DataSettings.Limit(trainLimit, DataSettings.Draw.FIRST),
                testLimit,
                new Synthetic(16, 1, 200, 100));
    }
}
