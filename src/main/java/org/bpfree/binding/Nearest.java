package org.bpfree.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the known names that a misspelt one probably stands for. */
public final class Nearest {
    private static final int CANDIDATES = 3;
    private static final double SIMILAR = 0.85;
    private static final int PREFIX = 4;

    /** Names that other programs give to settings, by how they are called here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "lr", "learningRate", "bs", "batchSize", "wd", "weightDecay", "dtype", "precision", "val", "validation");

    private Nearest() {}

    /** What a name that other programs use is called here; the name itself if it is none of those. */
    public static String calledHere(String name) {
        return ELSEWHERE.getOrDefault(name, name);
    }

    /** At most three of the known names, the most similar first; empty when none is similar. */
    public static List<String> to(String name, Collection<String> known) {
        if (known.contains(calledHere(name))) {
            return List.of(calledHere(name));
        }
        String wanted = normalize(name);
        return known.stream()
                .filter(candidate -> similarity(wanted, normalize(candidate)) >= SIMILAR
                        || edits(wanted, normalize(candidate)) == 1 && wanted.length() > 1)
                .sorted(Comparator.<String>comparingInt(candidate -> edits(wanted, normalize(candidate)))
                        .thenComparing(candidate -> -similarity(wanted, normalize(candidate))))
                .limit(CANDIDATES)
                .toList();
    }

    /** A sentence such as {@code  Did you mean 'a' or 'b'?} with a leading space; empty when no known name is similar. */
    public static String question(String name, Collection<String> known) {
        List<String> quoted =
                to(name, known).stream().map(candidate -> "'" + candidate + "'").toList();
        if (quoted.isEmpty()) {
            return "";
        }
        int last = quoted.size() - 1;
        String names =
                last == 0 ? quoted.get(0) : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
        return " Did you mean " + names + "?";
    }

    /** FASHION_MNIST, fashionMnist and fashion-mnist are the same name to somebody who misremembers it. */
    private static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one name into the other (Damerau-Levenshtein). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    /** Jaro-Winkler similarity, 0 to 1; a common beginning counts extra. */
    private static double similarity(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        int reach = Math.max(0, Math.max(a.length(), b.length()) / 2 - 1);
        boolean[] taken = new boolean[b.length()];
        StringBuilder fromA = new StringBuilder();
        for (int i = 0; i < a.length(); i++) {
            for (int j = Math.max(0, i - reach); j < Math.min(b.length(), i + reach + 1); j++) {
                if (!taken[j] && a.charAt(i) == b.charAt(j)) {
                    taken[j] = true;
                    fromA.append(a.charAt(i));
                    break;
                }
            }
        }
        int matches = fromA.length();
        if (matches == 0) {
            return 0;
        }
        int outOfOrder = 0;
        for (int j = 0, k = 0; j < b.length(); j++) {
            if (taken[j] && b.charAt(j) != fromA.charAt(k++)) {
                outOfOrder++;
            }
        }
        double m = matches;
        double jaro = (m / a.length() + m / b.length() + (m - outOfOrder / 2.0) / m) / 3;
        int prefix = 0;
        while (prefix < Math.min(PREFIX, Math.min(a.length(), b.length())) && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        return jaro + 0.1 * prefix * (1 - jaro);
    }
}
