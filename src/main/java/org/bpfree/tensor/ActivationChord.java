package org.bpfree.tensor;

import org.bpfree.tensor.Activation.Ends;

/** {@link Activation#chord} in pieces that stay in the first-level cache, on all threads. */
final class ActivationChord {
    private ActivationChord() {}

    static Routine bind(
            ActivationFunction function, Tensor h, Tensor direction, Ends ends, Tensor mean, Tensor response) {
        boolean single = h.precision() == Precision.FLOAT32;
        return Parallel.loop(
                h.size(),
                Chunked.LEAST_SHARE,
                (from, to) -> single
                        ? singles(Activation.floatMap(function), h, direction, ends, mean, response, from, to)
                        : doubles(Activation.doubleMap(function), h, direction, ends, mean, response, from, to));
    }

    private static Routine singles(
            Chunked.FloatMap function,
            Tensor h,
            Tensor direction,
            Ends ends,
            Tensor mean,
            Tensor response,
            int begin,
            int end) {
        float[] up = new float[Chunked.CHUNK];
        float[] down = new float[Chunked.CHUNK];
        float above = (float) ends.above();
        float below = (float) ends.below();
        float share = (float) ends.shareAbove();
        float slope = (float) (1 / (ends.above() + ends.below()));
        return () -> {
            for (int from = begin; from < end; from += Chunked.CHUNK) {
                int n = Math.min(Chunked.CHUNK, end - from);
                h.read(from, up, 0, n);
                direction.read(from, down, 0, n);
                for (int i = 0; i < n; i++) {
                    float d = down[i];
                    down[i] = up[i] - below * d;
                    up[i] += above * d;
                }
                function.apply(up, n);
                function.apply(down, n);
                for (int i = 0; i < n; i++) {
                    float high = up[i];
                    up[i] = slope * (high - down[i]);
                    down[i] = share * high + (1 - share) * down[i];
                }
                response.write(from, up, 0, n);
                if (mean != null) {
                    mean.write(from, down, 0, n);
                }
            }
        };
    }

    private static Routine doubles(
            Chunked.Map function,
            Tensor h,
            Tensor direction,
            Ends ends,
            Tensor mean,
            Tensor response,
            int begin,
            int end) {
        double[] up = new double[Chunked.CHUNK];
        double[] down = new double[Chunked.CHUNK];
        double slope = 1 / (ends.above() + ends.below());
        double share = ends.shareAbove();
        return () -> {
            for (int from = begin; from < end; from += Chunked.CHUNK) {
                int n = Math.min(Chunked.CHUNK, end - from);
                h.read(from, up, 0, n);
                direction.read(from, down, 0, n);
                for (int i = 0; i < n; i++) {
                    double d = down[i];
                    down[i] = up[i] - ends.below() * d;
                    up[i] += ends.above() * d;
                }
                function.apply(up, n);
                function.apply(down, n);
                for (int i = 0; i < n; i++) {
                    double high = up[i];
                    up[i] = slope * (high - down[i]);
                    down[i] = share * high + (1 - share) * down[i];
                }
                response.write(from, up, 0, n);
                if (mean != null) {
                    mean.write(from, down, 0, n);
                }
            }
        };
    }
}
