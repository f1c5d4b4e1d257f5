package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Short names for groups of settings, by what tells them apart. */
final class Labels {
    /** A label that lists more settings than this tells a reader less than a number does. */
    private static final int MOST = 4;

    private Labels() {}

    /**
     * A label a group, no two alike: the value of the head, and the settings in which groups with that head differ, such as
     * {@code fa, learningRate=0.1}; where they are too many, the name of the experiment, or a number.
     *
     * @param groups settings by path, no two alike
     * @param head path of the setting that labels begin with
     * @param names of the experiment, a group each
     */
    static List<String> of(List<Map<String, String>> groups, String head, List<String> names) {
        Map<String, List<Integer>> byHead = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            byHead.computeIfAbsent(groups.get(i).getOrDefault(head, "–"), key -> new ArrayList<>())
                    .add(i);
        }
        String[] labels = new String[groups.size()];
        byHead.forEach((value, members) -> {
            Set<String> differing = differing(members.stream().map(groups::get).toList());
            boolean named = members.stream().map(names::get).distinct().count() == members.size();
            for (int i = 0; i < members.size(); i++) {
                int group = members.get(i);
                String detail = differing.size() <= MOST
                        ? detail(groups.get(group), differing)
                        : named ? names.get(group) : "no. " + (i + 1);
                labels[group] = detail.isEmpty() ? value : value + ", " + detail;
            }
        });
        return List.of(labels);
    }

    private static String detail(Map<String, String> settings, Set<String> differing) {
        return differing.stream()
                .filter(settings::containsKey)
                .map(path -> shortName(path, differing) + "=" + settings.get(path))
                .collect(Collectors.joining(", "));
    }

    /** The settings that are not alike in all groups, in the order of the groups. */
    static Set<String> differing(List<Map<String, String>> groups) {
        Set<String> paths = new LinkedHashSet<>();
        groups.forEach(group -> paths.addAll(group.keySet()));
        paths.removeIf(path -> groups.stream()
                        .map(group -> group.getOrDefault(path, "–"))
                        .distinct()
                        .count()
                < 2);
        return paths;
    }

    /** The last part of a path, or all of it where another one ends in the same. */
    private static String shortName(String path, Set<String> among) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return among.stream()
                                .filter(other -> ("." + other).endsWith("." + last))
                                .count()
                        > 1
                ? path
                : last;
    }
}
