package org.bpfree.data.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DataSettings.DatasetName;
import org.bpfree.data.ImageShape;
import org.bpfree.failure.Failure;

/** The datasets that bpfree knows, from the manifests {@code datasets/*.yaml} packed into the JAR. */
public final class DatasetCatalogue {
    private DatasetCatalogue() {}

    /** The names of all datasets, as written in {@code data.dataset}. */
    public static List<String> names() {
        return Arrays.stream(DatasetName.values()).map(DatasetCatalogue::name).toList();
    }

    /** The name of a dataset as written in {@code data.dataset}. */
    public static String name(DatasetName dataset) {
        return dataset.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The manifest of a dataset. */
    public static DatasetManifest manifest(DatasetName dataset) {
        String resource = "/datasets/" + name(dataset) + ".yaml";
        try (InputStream in = DatasetCatalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + resource);
            }
            return ManifestReader.read(in, resource);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + resource + " from the class path", e);
        }
    }

    /** The manifest of the dataset of that name, or a usage failure that lists the names there are. */
    public static DatasetManifest manifest(String name) {
        for (DatasetName dataset : DatasetName.values()) {
            if (name(dataset).equals(name)) {
                return manifest(dataset);
            }
        }
        throw Failure.usage(
                "There is no dataset '" + name + "'. Known datasets: " + String.join(", ", names()),
                "'bpfree data list' shows them all.");
    }

    /** The shape of one image, without reading any data. */
    public static ImageShape shape(DataSettings settings) {
        if (settings.dataset() == DatasetName.SYNTHETIC) {
            int size = settings.synthetic().size();
            return new ImageShape(size, size, settings.synthetic().channels());
        }
        return manifest(settings.dataset()).shape();
    }

    /** The number of classes, without reading any data. */
    public static int classes(DataSettings settings) {
        return manifest(settings.dataset()).classes();
    }

    /** The number of images in the training split, without reading any data. */
    public static int trainImages(DataSettings settings) {
        if (settings.dataset() == DatasetName.SYNTHETIC) {
            return settings.synthetic().train();
        }
        DatasetManifest manifest = manifest(settings.dataset());
        if (manifest.trainImages() < 1) {
            throw Failure.failed("the catalogue does not say how many training images " + manifest.name() + " has");
        }
        return manifest.trainImages();
    }
}
