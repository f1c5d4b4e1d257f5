package org.bpfree.cli.data;

import java.util.Iterator;
import org.bpfree.binding.Nearest;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.catalogue.DatasetCatalogue;
import org.bpfree.failure.Failure;

/** The datasets that have a manifest, for help texts and shell completion. */
final class DatasetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return DatasetCatalogue.published().map(DatasetSource::name).iterator();
    }

    /**
     * The dataset that a user names.
     *
     * @throws Failure if there is none of that name, with the nearest one
     */
    static DatasetSource source(String name) {
        try {
            return DatasetCatalogue.source(name);
        } catch (Failure unknown) {
            String near = Nearest.question(name, DatasetCatalogue.names());
            throw Failure.usage(
                    unknown.getMessage() + (near.isEmpty() ? "" : "." + near),
                    unknown.hints().toArray(String[]::new));
        }
    }
}
