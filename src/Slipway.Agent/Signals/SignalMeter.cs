using Microsoft.Extensions.Logging;
using Slipway.Agent.Signals.Processes;

namespace Slipway.Agent.Signals;

/// <summary>Measures all services of this instance whenever a step of the clock's time ends, so that steps of all instances are the same.</summary>
internal sealed partial class SignalMeter(Func<IEnumerable<ServiceSignals>> services, TimeProvider time, ILogger log)
{
    /// <summary>Timers of whole milliseconds must not end before the step does.</summary>
    private const int Margin = 2;

    private readonly ProcessScan scan = new(new ProcessFiles());
    private readonly Dictionary<ServiceSignals, long> measured = [];
    private readonly HashSet<ServiceSignals> sampled = [];
    private readonly HashSet<int> processes = [];

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(UntilNext(), time, cancellation);
                await MeasureAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogTrouble(e);
            }
        }
    }

    /// <summary>Those whose step has ended.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<(ServiceSignals Service, long Step)> due = [];
        processes.Clear();
        foreach (var service in services())
        {
            var step = (now / service.StepMs) - 1;
            if ((step + 1) * service.StepMs > service.BeganAt && measured.GetValueOrDefault(service) != step)
                due.Add((service, step));
            if (service.ProcessId is > 0 and var processId)
                processes.Add(processId);
        }

        if (due.Count == 0)
            return;

        // What the system counts is read of all at once, before anybody waits for a page of metrics.
        scan.Look(processes);
        List<Task> measuring = [];
        foreach (var (service, step) in due)
        {
            measured[service] = step;
            measuring.Add(service.MeasureAsync(step, scan, cancellation));
        }

        await Task.WhenAll(measuring);
        foreach (var (service, _) in due)
        {
            if (service.BeganToSample && sampled.Add(service))
                LogSampled(service.Service);
        }
    }

    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var shortest = (long)SignalSettings.DefaultStepMs;
        foreach (var service in services())
            shortest = Math.Min(shortest, service.StepMs - (now % service.StepMs));

        return TimeSpan.FromMilliseconds(shortest + Margin);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What services use could not be measured; tried again in the next step")]
    private partial void LogTrouble(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: writes more than 1 MB in a step; from now on some of its lines stand for all where there are so many")]
    private partial void LogSampled(string service);
}
