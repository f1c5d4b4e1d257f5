package org.bpfree.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.failure.Failure;
import org.bpfree.natives.NativeLibraries;

/**
 * What the JAR carries from others, and under which licences: the table {@code META-INF/licenses/bundled.tsv}, with the versions of the
 * Maven artifacts that the build found, {@code artifacts.txt}.
 */
final class BundledSoftware {
    private static final Pattern ARTIFACT =
            Pattern.compile("\\s*([^:\\s]+:[^:\\s]+):jar:(?:[^:\\s]+:)?([^:\\s]+):\\w+\\b.*");
    /** A library that the system loads, with or without a version behind its name. */
    private static final Pattern LIBRARY =
            Pattern.compile("(?:.*/)?(?:lib)?([^/]+?)(?:[-.][0-9.]+)*\\.(?:so|dylib|jnilib|dll|a)(?:\\.[0-9]+)*");

    /**
     * One thing.
     *
     * @param kind {@code artifact} or {@code native}
     * @param name {@code group:artifact}, or the stem of the file name of a library
     * @param component what it is
     * @param version of the component; of a library of the system it was built on, the name of its file
     * @param licence SPDX expression
     * @param texts files with the licences in full
     * @param source where its source is
     */
    record Component(
            String kind,
            String name,
            String component,
            String version,
            String licence,
            List<String> texts,
            String source) {
        private Component withVersion(String other) {
            return new Component(kind, name, component, other, licence, texts, source);
        }

        private boolean isArtifact() {
            return kind.equals("artifact");
        }

        /** Whether it is the library with the stem of a name; a star at the end stands for anything. */
        private boolean isLibrary(String stem) {
            return name.endsWith("*") ? stem.startsWith(name.substring(0, name.length() - 1)) : stem.equals(name);
        }

        /** Whether a user means it: by its name, or by that without the group. */
        private boolean isMeantBy(String word) {
            return name.equalsIgnoreCase(word)
                    || name.substring(name.indexOf(':') + 1).equalsIgnoreCase(word)
                    || ("lib" + name).equalsIgnoreCase(word);
        }
    }

    private BundledSoftware() {}

    /** What this JAR carries, artifacts with the versions of the build; libraries of all platforms where there is no JAR. */
    static List<Component> components() {
        Map<String, String> versions = artifacts();
        Optional<Set<String>> libraries = librariesOfJar();
        List<Component> present = new ArrayList<>();
        for (Component each : table()) {
            if (!each.isArtifact()) {
                if (libraries.isEmpty() || libraries.get().stream().anyMatch(each::isLibrary)) {
                    present.add(each);
                }
            } else if (versions.containsKey(each.name())) {
                present.add(each.withVersion(versions.get(each.name())));
            }
        }
        return present;
    }

    /** The stems of the libraries in the JAR that runs; empty when classes lie in folders. */
    private static Optional<Set<String>> librariesOfJar() {
        Path place;
        try {
            place = Path.of(BundledSoftware.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Java gives the place of classes as a URI", e);
        }
        if (Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            return Optional.of(Stream.concat(jar.stream().map(JarEntry::getName), NativeLibraries.bundled().stream())
                    .map(BundledSoftware::library)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole table, artifacts without versions. */
    static List<Component> table() {
        return resource("licenses/bundled.tsv")
                .orElseThrow()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(cells -> new Component(
                        cells[0], cells[1], cells[2], cells[3], cells[4], List.of(cells[5].split(",")), cells[6]))
                .toList();
    }

    /** The versions of the Maven artifacts of this build by {@code group:artifact}. */
    static Map<String, String> artifacts() {
        Map<String, String> versions = new LinkedHashMap<>();
        resource("licenses/artifacts.txt")
                .orElse("")
                .lines()
                .map(ARTIFACT::matcher)
                .filter(Matcher::matches)
                .forEach(line -> versions.put(line.group(1), line.group(2)));
        return versions;
    }

    /**
     * What is bundled and has no line in the table.
     *
     * @param artifacts as {@code group:artifact}
     * @param files paths in the JAR, of which only native libraries matter
     */
    static Set<String> unnamed(Collection<String> artifacts, Collection<String> files) {
        Set<String> unnamed = new LinkedHashSet<>(artifacts);
        files.stream().map(BundledSoftware::library).flatMap(Optional::stream).forEach(unnamed::add);
        for (Component each : table()) {
            unnamed.removeIf(name -> each.isArtifact() ? name.equals(each.name()) : each.isLibrary(name));
        }
        return unnamed;
    }

    /** The stem of the name of a native library; empty for other files. */
    static Optional<String> library(String path) {
        Matcher matcher = LIBRARY.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * The licences of one thing in full.
     *
     * @param word a name of the table, with or without the group of an artifact
     * @throws Failure if nothing of that name is in the table
     */
    static String texts(String word) {
        List<Component> meant =
                components().stream().filter(each -> each.isMeantBy(word)).toList();
        if (meant.isEmpty()) {
            throw Failure.usage("nothing in the JAR is named '" + word + "'", "bpfree --licenses lists the names.");
        }
        StringBuilder text = new StringBuilder();
        for (Component each : meant) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %s: %s%nLicence: %s%nSource: %s%n",
                    each.name(),
                    each.version(),
                    each.component(),
                    each.licence(),
                    each.source()));
            each.texts().forEach(name -> text.append(System.lineSeparator()).append(text(name)));
        }
        return text.toString();
    }

    /** A licence in full, by the name of its file. */
    static String text(String name) {
        return resource("licenses/" + name)
                .or(() -> resource(name))
                .orElseThrow(() -> new IllegalStateException("no licence " + name));
    }

    private static Optional<String> resource(String name) {
        try (InputStream in = BundledSoftware.class.getResourceAsStream("/META-INF/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
