package io.thoughtbus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same thing many times on some threads. */
final class Parallel {
    private Parallel() {}

    static void run(int threads, int count, Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                done.add(pool.submit(() -> {
                    task.run(number);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** One of many tasks, told by its number. */
    interface Task {
        void run(int number) throws Exception;
    }
}
