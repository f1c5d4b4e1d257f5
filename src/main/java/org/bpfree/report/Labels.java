package org.bpfree.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Short names for groups of settings, by what tells them apart. */
final class Labels {
    /** The most settings that a label lists where fewer would do. */
    private static final int MOST = 3;

    private Labels() {}

    /**
     * A label a group, no two alike: the value of the head, and the settings in which groups with that head differ, such as
     * {@code fa, learningRate=0.1}; where these are many, as few of them as tell all groups apart.
     *
     * @param groups settings by path, no two alike
     * @param head path of the setting that labels begin with
     */
    static List<String> of(List<Map<String, String>> groups, String head) {
        Map<String, List<Integer>> byHead = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            byHead.computeIfAbsent(groups.get(i).getOrDefault(head, "–"), key -> new ArrayList<>())
                    .add(i);
        }
        String[] labels = new String[groups.size()];
        byHead.forEach((value, numbers) -> {
            List<Map<String, String>> members =
                    numbers.stream().map(groups::get).toList();
            Set<String> differing = differing(members);
            Set<String> named = differing.size() <= MOST ? differing : telling(members, differing);
            for (int group : numbers) {
                String detail = detail(groups.get(group), named);
                labels[group] = detail.isEmpty() ? value : value + ", " + detail;
            }
        });
        return List.of(labels);
    }

    /** Settings that tell all groups apart: time and again the one that parts most of those that are still together. */
    private static Set<String> telling(List<Map<String, String>> groups, Set<String> differing) {
        Set<String> chosen = new LinkedHashSet<>();
        while (parts(groups, chosen) < groups.size()) {
            chosen.add(differing.stream()
                    .filter(path -> !chosen.contains(path))
                    .max(Comparator.comparingLong(path -> {
                        Set<String> more = new LinkedHashSet<>(chosen);
                        more.add(path);
                        return parts(groups, more);
                    }))
                    .orElseThrow());
        }
        return chosen;
    }

    private static long parts(List<Map<String, String>> groups, Set<String> paths) {
        return groups.stream()
                .map(group -> paths.stream().map(path -> group.get(path)).toList())
                .distinct()
                .count();
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
