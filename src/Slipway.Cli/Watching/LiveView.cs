using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Deployments;
using Spectre.Console;

namespace Slipway.Cli.Watching;

/// <summary>For a person at a terminal: one picture that changes.</summary>
internal sealed class LiveView : IDeploymentView
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(120);

    private readonly Invocation call;
    private readonly Picture picture;
    private readonly Lock turn = new();

    public LiveView(Invocation call, Deployment start)
    {
        this.call = call;
        picture = new Picture(start, call.Time);
    }

    public bool WantsState => true;

    public async Task RunAsync(Func<Task> watching)
    {
        var console = Consoles.For(call);

        // Cleared and written once more: Spectre leaves as many rows as the tallest picture had.
        await console.Live(Draw(console)).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            using var done = new CancellationTokenSource();
            var frames = DrawFramesAsync(live, console, done.Token);
            try
            {
                await watching();
            }
            finally
            {
                await done.CancelAsync();
                await frames;
            }
        });
        console.Write(Draw(console));
    }

    public void Refreshed(Deployment deployment) => Change(() => picture.Deployment = deployment);

    public void Happened(DeploymentEvent happened) => Change(() => picture.Add(happened));

    public void InstancesChanged(IReadOnlyList<InstanceProgress> instances) => Change(() => picture.Add(instances));

    public void ConnectionLost(string reason) => Change(() => picture.Disconnected = true);

    public void ConnectionRestored() => Change(() => picture.Disconnected = false);

    private async Task DrawFramesAsync(LiveDisplayContext live, IAnsiConsole console, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            live.UpdateTarget(Draw(console));
            await Task.Delay(Frame, call.Time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Rows Draw(IAnsiConsole console)
    {
        lock (turn)
            return picture.Draw(console.Profile.Width, console.Profile.Height);
    }

    private void Change(Action change)
    {
        lock (turn)
            change();
    }
}
