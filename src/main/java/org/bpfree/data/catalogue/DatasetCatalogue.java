package org.bpfree.data.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.bpfree.data.DatasetSource;
import org.bpfree.failure.Failure;
import org.bpfree.settings.Extension;

/** The datasets that a name alone chooses: those that come with the program, and those of every extension on the class path. */
public final class DatasetCatalogue {
    private DatasetCatalogue() {}

    /** All datasets, those of the program first. */
    public static List<DatasetSource> all() {
        List<DatasetSource> sources = new ArrayList<>();
        for (Extension extension : ServiceLoader.load(Extension.class)) {
            for (Class<? extends Record> member : extension.members()) {
                if (DatasetSource.class.isAssignableFrom(member) && needsNoSettings(member)) {
                    sources.add(create(member.asSubclass(DatasetSource.class)));
                }
            }
        }
        return sources;
    }

    private static boolean needsNoSettings(Class<?> member) {
        return Arrays.stream(member.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == 0);
    }

    private static DatasetSource create(Class<? extends DatasetSource> source) {
        try {
            var constructor = source.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(source.getName() + " has no constructor without arguments that works", e);
        }
    }

    /** The names of all datasets, as written in {@code data.dataset}. */
    public static List<String> names() {
        return all().stream().map(DatasetSource::name).toList();
    }

    /** The dataset of that name, or a usage failure that lists the names there are. */
    public static DatasetSource source(String name) {
        return all().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "There is no dataset '" + name + "'. Known datasets: " + String.join(", ", names()),
                        "'bpfree data list' shows them all."));
    }

    /** The datasets that have a manifest. */
    public static Stream<PublishedDataset> published() {
        return all().stream().filter(PublishedDataset.class::isInstance).map(PublishedDataset.class::cast);
    }
}
