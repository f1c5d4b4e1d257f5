package org.bpfree.tensor;

/** Copies a vector to every position of a map. */
public final class PositionBroadcast {
    private PositionBroadcast() {}

    /** {@code maps[b, y, x, c] = vectors[b, c]}. */
    public static Routine overPositions(Tensor vectors, Tensor maps) {
        int channels = vectors.shape().extent(-1);
        int batch = vectors.size() / channels;
        double[] map = new double[maps.size() / batch];
        return () -> {
            for (int b = 0; b < batch; b++) {
                vectors.read(b * channels, map, 0, channels);
                for (int i = channels; i < map.length; i++) {
                    map[i] = map[i - channels];
                }
                maps.write(b * map.length, map, 0, map.length);
            }
        };
    }
}
