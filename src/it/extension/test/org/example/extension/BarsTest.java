package org.example.extension;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpfree.data.DatasetConformance;

/** The dataset of this extension in the suite that all datasets of bpfree pass. */
class BarsTest extends DatasetConformance {
    @Override
    protected Stream<Case> datasets() {
        return Stream.of(new Case("bars", Path.of("."), true));
    }
}
