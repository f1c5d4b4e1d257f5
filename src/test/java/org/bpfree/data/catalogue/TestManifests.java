package org.bpfree.data.catalogue;

import java.util.List;
import java.util.Optional;

/** Manifests that differ from the packed ones in what is fetched. */
public final class TestManifests {
    private TestManifests() {}

    public static DatasetManifest withFiles(
            DatasetManifest manifest, List<DatasetFile> files, Optional<DatasetFile> archive, List<String> mirrors) {
        return new DatasetManifest(
                manifest.name(),
                manifest.description(),
                manifest.format(),
                manifest.labels(),
                files,
                archive,
                mirrors,
                manifest.byHand());
    }
}
