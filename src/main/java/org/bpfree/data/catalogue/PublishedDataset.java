package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetFile.Split;

/**
 * A dataset in files of a {@linkplain DatasetManifest.Format known format}, with the manifest {@code /datasets/NAME.yaml} beside its class on
 * the class path: it can be fetched, and its files be compared with the official ones.
 */
public interface PublishedDataset extends DatasetSource {
    /** What is known of it and its files. */
    default DatasetManifest manifest() {
        return ManifestReader.readBeside(getClass(), name());
    }

    @Override
    default DatasetDescription describe() {
        return manifest().description();
    }

    @Override
    default List<Path> files(Path dataFolder) {
        DatasetManifest manifest = manifest();
        DatasetFiles files = new DatasetFiles(manifest, dataFolder);
        return manifest.files().stream().map(files::locate).toList();
    }

    @Override
    default Opened open(Opening opening) {
        DatasetFiles files = new DatasetFiles(manifest(), opening.dataFolder());
        files.requireComplete();
        return new Opened(
                () -> files.read(Split.TRAIN, opening.checksums()), () -> files.read(Split.TEST, opening.checksums()));
    }
}
