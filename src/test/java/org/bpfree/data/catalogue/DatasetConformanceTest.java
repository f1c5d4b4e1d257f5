package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfree.data.DatasetConformance;
import org.bpfree.data.TestImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** The datasets that come with the program, with files made here; those of people's own in every form. */
@DisplayName("Every dataset")
class DatasetConformanceTest extends DatasetConformance {
    @TempDir
    private static Path folder;

    private final List<Case> cases = new ArrayList<>();

    @BeforeAll
    void make() throws IOException {
        DatasetCatalogue.published().forEach(dataset -> {
            TestImages.write(dataset, folder);
            cases.add(new Case(dataset.name(), folder, false));
        });
        TestImages.write(new Cifar100(Cifar100.Labels.COARSE), folder.resolve("coarse"));
        cases.add(new Case("{type: cifar-100, labels: coarse}", folder.resolve("coarse"), false));
        cases.add(new Case("synthetic", folder, true));
        OwnPictures pictures = new OwnPictures(folder);
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String name = String.format(Locale.ROOT, "own/%s/%02d.png", i % 3 == 0 ? "a" : "b", i);
            pictures.picture(name, 20 * i);
            table.append(name).append(i % 3 == 0 ? ",a\n" : ",b\n");
        }
        Files.writeString(folder.resolve("own.csv"), table);
        cases.add(new Case("{folder: " + folder + "/own, size: [8, 8], channels: 1}", folder, true));
        cases.add(new Case("{csv: " + folder + "/own.csv, size: [8, 4], channels: 4, split: 0.3}", folder, true));
        cases.add(new Case("{idx: " + folder + "/mnist}", folder, true));
        cases.add(
                new Case("{cifar: " + folder + "/cifar-100/cifar-100-binary, labelBytes: 2, label: 1}", folder, true));
    }

    @Override
    protected Stream<Case> datasets() {
        return cases.stream();
    }
}
