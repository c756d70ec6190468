using System.Collections.Concurrent;
using System.Globalization;

namespace Slipway.Agent.Tests.Balancing;

/// <summary>Several clients that ask without a pause and count what is not a good answer.</summary>
internal sealed class ConstantLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource enough = new();
    private readonly HttpClient client = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<string, int> answers = new();
    private readonly Task[] clients;

    public ConstantLoad(uint port, int clients)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        this.clients = [.. Enumerable.Range(0, clients).Select(_ => AskAsync(address))];
    }

    public int Requests => failures.Count + answers.Values.Sum();

    public IReadOnlyCollection<string> Failures => failures;

    public int AnswersOf(string version) => answers.GetValueOrDefault(version);

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await Task.WhenAll(clients);
        client.Dispose();
        enough.Dispose();
    }

    private async Task AskAsync(Uri address)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync(address);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    answers.AddOrUpdate(text, 1, (_, count) => count + 1);
                else
                    failures.Enqueue($"{(int)answer.StatusCode} {text}");
            }
            catch (HttpRequestException e)
            {
                failures.Enqueue(e.Message);
            }

            await Task.Delay(10);
        }
    }
}
