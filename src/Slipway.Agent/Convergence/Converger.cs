using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Agent.Reporting;
using Slipway.Agent.Signals;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Convergence;

/// <summary>Hears what should be and gives each service's worker its part; says what is.</summary>
internal sealed partial class Converger : IConversation
{
    /// <summary>So many instances that are asked what they measure do not answer at the same moment, which is the end of a step for all.</summary>
    private static readonly TimeSpan SpreadAtMost = TimeSpan.FromSeconds(1);

    private readonly WorkerContext context;
    private readonly KeyRotation rotation;
    private readonly LogTails tails;
    private readonly SignalTeller teller;
    private readonly CommandRuns commands;
    private readonly ILoggerFactory logs;
    private readonly ILogger<Converger> log;
    private readonly ConcurrentDictionary<ServiceName, ServiceWorker> workers = new();
    private readonly ConcurrentDictionary<Task, byte> tasks = new();
    private readonly long startedAt;
    private CancellationToken stopping;

    public Converger(WorkerContext context, KeyRotation rotation, LogTails tails, ILoggerFactory logs)
    {
        (this.context, this.rotation, this.tails, this.logs, log) = (context, rotation, tails, logs, logs.CreateLogger<Converger>());
        teller = new(FindSignals, context.Outbox, context.Random.NextDouble() * SpreadAtMost, context.Time);
        commands = new(context.Activator, context.Outbox);
        startedAt = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Takes up what earlier processes left, as far as that is quick.</summary>
    public async Task StartAsync(TimeSpan patience, CancellationToken cancellation)
    {
        stopping = cancellation;
        context.Activator.Changed += OnChanged;
        var known = context.State.Load(out var damage);
        if (damage is not null)
            LogDamaged(context.State.Damaged, damage);

        foreach (var (name, record) in known)
        {
            if (ServiceName.TryParse(name, out var service))
                StartWorker(service, record);
        }

        foreach (var service in context.Identity.Services)
            Worker(service);

        await Task.WhenAny(Task.WhenAll(workers.Values.Select(worker => worker.Settled)), Task.Delay(patience, cancellation));
    }

    /// <summary>After the token given to <see cref="StartAsync"/> was cancelled: until nothing works any more.</summary>
    public async Task StopAsync()
    {
        context.Activator.Changed -= OnChanged;
        await Task.WhenAll(tasks.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Hello Hello() => new()
    {
        AgentVersion = AgentVersion.Text,
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        StartedAt = startedAt,
        Labels = { context.Identity.Labels.ToDictionary() },
        Services = { workers.Values.Select(worker => worker.Status()) },
    };

    public Heartbeat Heartbeat() => new()
    {
        Services = { workers.Values.Select(worker => new ServiceGeneration { Service = worker.Service.Value, Generation = worker.Generation }) },
    };

    public void Receive(ToAgent message)
    {
        switch (message.BodyCase)
        {
            case ToAgent.BodyOneofCase.Welcome:
                foreach (var assign in message.Welcome.Assignments)
                    With(assign.Service, worker => worker.Assign(assign));
                foreach (var prepare in message.Welcome.Prepares)
                    Prepare(prepare);
                break;
            case ToAgent.BodyOneofCase.HeartbeatAnswer:
                foreach (var assign in message.HeartbeatAnswer.Assignments)
                    With(assign.Service, worker => worker.Assign(assign));
                foreach (var prepare in message.HeartbeatAnswer.Prepares)
                    Prepare(prepare);
                break;
            case ToAgent.BodyOneofCase.Assign:
                With(message.Assign.Service, worker => worker.Assign(message.Assign));
                break;
            case ToAgent.BodyOneofCase.Prepare:
                Prepare(message.Prepare);
                break;
            case ToAgent.BodyOneofCase.Restart:
                With(message.Restart.Service, worker => worker.Restart(message.Restart));
                break;
            case ToAgent.BodyOneofCase.TailLogs:
                tails.Start(message.TailLogs);
                break;
            case ToAgent.BodyOneofCase.StopTail:
                tails.Stop(message.StopTail.Tail);
                break;
            case ToAgent.BodyOneofCase.TellSignals:
                teller.Start(message.TellSignals);
                break;
            case ToAgent.BodyOneofCase.RunCommand:
                Own(commands.StartAsync(message.RunCommand, stopping));
                break;
            case ToAgent.BodyOneofCase.RotateKey:
                Own(rotation.RunAsync(stopping));
                break;
            case ToAgent.BodyOneofCase.ReportIn:
                // Over a connection everything is told as it happens.
                break;
            default:
                // A newer server; what it wants will come again in a form this agent knows, or not matter.
                LogUnknown();
                break;
        }
    }

    public Task KeptAsync(CancellationToken cancellation) => Task.WhenAll(workers.Values.Select(worker => worker.KeptAsync(cancellation)));

    public void Disconnected()
    {
        tails.StopAll();
        teller.StopAll();
    }

    private SignalHistory? FindSignals(string service) =>
        ServiceName.TryParse(service, out var name) && workers.ContainsKey(name) ? context.Activator.SignalsOf(name) : null;

    private void OnChanged(ServiceName service)
    {
        if (workers.TryGetValue(service, out var worker))
            worker.Report();
    }

    private void Prepare(Prepare prepare)
    {
        if (prepare.Release is not null)
            With(prepare.Service, worker => Own(Task.Run(() => worker.PrepareAheadAsync(prepare, stopping))));
    }

    private void With(string service, Action<ServiceWorker> act)
    {
        if (ServiceName.TryParse(service, out var name))
            act(Worker(name));
        else
            LogBadName(service);
    }

    private ServiceWorker Worker(ServiceName service) =>
        workers.TryGetValue(service, out var worker) ? worker : StartWorker(service, new());

    private ServiceWorker StartWorker(ServiceName service, ServiceRecord record)
    {
        var worker = new ServiceWorker(service, record, context, logs.CreateLogger<ServiceWorker>());
        workers[service] = worker;
        Own(Task.Run(() => worker.RunAsync(stopping)));
        return worker;
    }

    /// <summary>Nothing runs without somebody who waits for it at the end.</summary>
    private void Own(Task task)
    {
        tasks[task] = 0;
        task.ContinueWith(done => tasks.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent's state could not be read and is begun anew; the old file is {File} ({Reason})")]
    private partial void LogDamaged(string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server sent a message this agent does not know; a newer agent would")]
    private partial void LogUnknown();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server named a service \"{Service}\", which is no service name")]
    private partial void LogBadName(string service);
}
