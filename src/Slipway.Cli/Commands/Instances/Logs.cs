using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Client;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Cli.Commands.Instances;

/// <summary>slipway logs checkout --in production -f</summary>
internal sealed class Logs : SlipwayCommand
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<InstanceName?> instance = Names.Optional<InstanceName>("--instance", "instance", "Only of this instance");
    private readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on with what comes, until Ctrl-C" };
    private readonly Option<int> lines = Names.Count(50);

    public Logs(Surroundings surroundings)
        : base(surroundings, "logs", "The output of a service on its instances.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(instance);
        Add(follow);
        Add(lines);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var instances = await InstancesOf.FindAsync(call, call.Get(service), call.Get(environment), call.Get(instance), cancellation);
        var writer = new LineWriter(call, prefixed: instances.Count > 1, instances.Max(i => i.Name.Value.Length));
        var results = await Task.WhenAll(instances.Select(i => TailAsync(call, i.Name, writer, cancellation)));

        // With one instance its refusal is the answer; with several it was noted beside the others' lines.
        return results.Contains(ExitCode.Done) ? ExitCode.Done : results.Max();
    }

    private async Task<int> TailAsync(Invocation call, InstanceName name, LineWriter writer, CancellationToken cancellation)
    {
        var last = call.Get(lines);
        var said = false;
        while (true)
        {
            try
            {
                await foreach (var line in call.Client.Instances.LogsAsync(name, call.Get(service), last, call.Get(follow), cancellation))
                {
                    writer.Write(line);
                    said = false;
                }

                if (!call.Get(follow))
                    return ExitCode.Done;
            }
            catch (ApiException e)
            {
                call.Note($"{name}: {e.Message}");
                return Failures.ExitCodeOf(e.Problem.Status);
            }
            catch (ServerUnreachableException e)
            {
                if (!said)
                    call.Note($"{name}: {(call.Get(follow) ? "connection lost, retrying" : e.Message)}");
                said = true;
                if (!call.Get(follow))
                    return ExitCode.Unreachable;
            }

            last = 0;
            await Task.Delay(AskAgain, call.Time, cancellation);
        }
    }

    /// <summary>One line at a time, however many instances talk.</summary>
    private sealed class LineWriter(Invocation call, bool prefixed, int width)
    {
        private readonly Lock turn = new();

        public void Write(LogLine line)
        {
            // Somebody else's output: on a terminal it must not move the cursor.
            var text = call.Surroundings.IsTerminal ? Words.Printable(line.Line) : line.Line;
            lock (turn)
            {
                if (call.Json)
                    call.WriteJson(line, ContractsJson.Default.LogLine);
                else
                    call.Line(prefixed ? call.Ink.Dim(line.Instance.Value.PadRight(width) + " │ ") + text : text);
            }
        }
    }
}
