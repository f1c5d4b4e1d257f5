package org.bpfree.cli.console;

import java.util.Iterator;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.experiment.ShippedFiles.ShippedFile;

/** The files that come with bpfree, for the completion of options and parameters that take one of them or a file. */
public final class ShippedNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return ShippedFiles.all().stream().map(ShippedFile::fileName).iterator();
    }
}
