// Most of these tests wait for processes, not for a processor: so many classes at once as keep two cores busy.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
