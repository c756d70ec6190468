using Slipway.Contracts;

namespace Slipway.Chaos.Client;

/// <summary>Somebody who watches all the time and writes down what was to be seen.</summary>
internal sealed class Observer(Api api, Journal journal)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, (string Status, long Sequence)> seen = [];

    public async Task WatchAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            try
            {
                await LookAsync(until);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or System.Text.Json.JsonException)
            {
                // Nothing to be seen at the moment.
            }

            await Patience.WaitAsync(Between, until);
        }
    }

    private async Task LookAsync(CancellationToken until)
    {
        var page = await api.GetAsync("deployments?limit=30", ContractsJson.Default.PageDeployment, until);
        foreach (var deployment in page.Items.Select(Seen.Of))
        {
            var before = seen.GetValueOrDefault(deployment.Id);
            if (before == (deployment.Status, deployment.Sequence))
                continue;

            var events = await api.GetAsync($"deployments/{deployment.Id}/events?after={before.Sequence}&limit=500", ContractsJson.Default.PageDeploymentEvent, until);
            journal.Saw(new()
            {
                At = DateTimeOffset.UtcNow,
                Deployment = deployment.Id,
                Status = deployment.Status,
                Sequence = deployment.Sequence,
                Events = [.. events.Items.Select(Seen.Of)],
            });
            seen[deployment.Id] = (deployment.Status, deployment.Sequence);
        }
    }
}
