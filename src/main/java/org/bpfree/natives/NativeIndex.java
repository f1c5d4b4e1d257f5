package org.bpfree.natives;

import java.util.ArrayList;
import java.util.List;

/**
 * What the packed stream of a platform holds, in its order.
 *
 * @param folder name of the folder that the files belong into; it follows from their content, so two programs with the same libraries share it
 * @param files the files, one after another in the stream
 * @param links further names of files
 */
record NativeIndex(String folder, List<Entry> files, List<Link> links) {
    /** A file and how many bytes of the stream are its own. */
    record Entry(String name, long bytes) {}

    /** A name that leads to a file beside it. */
    record Link(String name, String target) {}

    /** Where in a JAR the index of a platform is, such as {@code natives/linux-x86_64.index}. */
    static String resource(String platform) {
        return "natives/" + platform + ".index";
    }

    /** Where in a JAR the packed files of a platform are. */
    static String packed(String platform) {
        return "natives/" + platform + ".zst";
    }

    /** The index as lines of text: the folder, then {@code file BYTES NAME} and {@code link NAME TARGET}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(folder);
        files.forEach(each -> lines.add("file " + each.bytes() + " " + each.name()));
        links.forEach(each -> lines.add("link " + each.name() + " " + each.target()));
        return lines;
    }

    static NativeIndex parse(List<String> lines) {
        List<Entry> files = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            if (words[0].equals("file")) {
                files.add(new Entry(words[2], Long.parseLong(words[1])));
            } else {
                links.add(new Link(words[1], words[2]));
            }
        }
        return new NativeIndex(lines.get(0), List.copyOf(files), List.copyOf(links));
    }
}
