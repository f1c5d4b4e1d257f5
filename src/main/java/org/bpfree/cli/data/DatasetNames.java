package org.bpfree.cli.data;

import java.util.Iterator;
import java.util.List;
import org.bpfree.binding.Nearest;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.DatasetManifest.Format;
import org.bpfree.failure.Failure;

/** The datasets that have files, for help texts and shell completion. */
final class DatasetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return withFiles().stream().map(DatasetManifest::name).iterator();
    }

    /**
     * The manifest of a dataset that a user names.
     *
     * @throws Failure if there is none of that name, with the nearest one
     */
    static DatasetManifest manifest(String name) {
        try {
            return DatasetCatalogue.manifest(name);
        } catch (Failure unknown) {
            String near = Nearest.question(name, DatasetCatalogue.names());
            throw Failure.usage(
                    unknown.getMessage() + (near.isEmpty() ? "" : "." + near),
                    unknown.hints().toArray(String[]::new));
        }
    }

    /** The manifests of the datasets that have files. */
    static List<DatasetManifest> withFiles() {
        return DatasetCatalogue.names().stream()
                .map(DatasetCatalogue::manifest)
                .filter(manifest -> manifest.format() != Format.GENERATED)
                .toList();
    }
}
