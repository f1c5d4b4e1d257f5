package org.bpfree.cli;

import java.util.Iterator;
import java.util.List;
import org.bpfree.data.DatasetCatalogue;
import org.bpfree.data.DatasetManifest;
import org.bpfree.data.DatasetManifest.Format;

/** The datasets that have files, for help texts and shell completion. */
final class DatasetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return withFiles().stream().map(DatasetManifest::name).iterator();
    }

    /** The manifests of the datasets that have files. */
    static List<DatasetManifest> withFiles() {
        return DatasetCatalogue.names().stream()
                .map(DatasetCatalogue::manifest)
                .filter(manifest -> manifest.format() != Format.GENERATED)
                .toList();
    }
}
