using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>The server is killed with SIGKILL at every boundary of a deployment, before and after the commit, and started again.</summary>
/// <remarks>What the server was about makes a class each, because classes run side by side.</remarks>
public abstract class CrashTests(CrashData data, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected async Task SurviveAsync(string dieAt, string version, string? verb, params DeploymentStatus[] endings)
    {
        using var folder = data.Copy();
        var request = $$"""{"service":"shop","environment":"production","version":"{{version}}"}""";
        using (var mortal = await MortalServer.StartAsync(data.Host, folder.Path, dieAt))
        {
            await TryAsync(async () =>
            {
                var deployment = await DeployAsync(mortal.Http, request);
                if (verb is not null)
                    await ControlAsync(mortal.Http, deployment, verb);
            });
            await mortal.DiesAsync();
        }

        using var server = await MortalServer.StartAsync(data.Host, folder.Path);
        var again = await DeployAsync(server.Http, request);
        var ended = await EndAsync(server.Http, again);
        Assert.Contains(ended.Status, endings);
        await CheckStoryAsync(server, ended, dieAt, folder.Path);
    }

    private async Task CheckStoryAsync(MortalServer server, Deployment ended, string dieAt, string path)
    {
        var all = await GetAsync<Page<Deployment>>(server.Http, "/api/v1/deployments");
        Assert.Equal(ended.Id, Assert.Single(all.Items).Id);
        var events = (await GetAsync<Page<DeploymentEvent>>(server.Http, $"/api/v1/deployments/{ended.Id}/events?limit=500")).Items;
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
        Assert.Equal("finished", Assert.Single(events, happened => happened.Type == "finished").Type);

        // A stage may be called again with its own key, so that it finds what the first call did; another key would do it a second time.
        var effects = (await File.ReadAllLinesAsync(Path.Combine(path, "effects"))).Select(line => line.Split(' ')[0]).Distinct();
        Assert.Subset(new HashSet<string> { $"{ended.Id}/one/1", $"{ended.Id}/two/1", $"{ended.Id}/undo/1" }, effects.ToHashSet());

        if (events.FirstOrDefault(happened => happened.Time >= server.ReadyAt) is { } first)
        {
            var took = first.Time - server.ReadyAt;
            output.WriteLine($"killed {dieAt}: went on {took.TotalMilliseconds:0} ms after the server was ready, {ended.Status}");
            Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
        else
        {
            output.WriteLine($"killed {dieAt}: had gone on before the server answered, {ended.Status}");
        }
    }

    private static async Task ControlAsync(HttpClient http, Deployment deployment, string verb)
    {
        await UntilAsync(http, deployment, now => now.Stages.Any(stage => stage.Status == StageStatus.Running) && now.Sequence >= 4);
        if (verb == "resume")
        {
            await PostAsync(http, $"/api/v1/deployments/{deployment.Id}/pause", "{}");
            await UntilAsync(http, deployment, now => now.Status == DeploymentStatus.Paused);
        }

        await PostAsync(http, $"/api/v1/deployments/{deployment.Id}/{verb}", "{}");
    }

    protected static async Task<Deployment> EndAsync(HttpClient http, Deployment deployment)
    {
        var now = await UntilAsync(http, deployment, now => now.FinishedAt is not null || now.Status == DeploymentStatus.Paused);
        if (now.Status == DeploymentStatus.Paused)
            await PostAsync(http, $"/api/v1/deployments/{deployment.Id}/resume", "{}");

        return await UntilAsync(http, deployment, now => now.FinishedAt is not null);
    }

    protected static async Task<Deployment> UntilAsync(HttpClient http, Deployment deployment, Func<Deployment, bool> condition)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var now = await GetAsync<Deployment>(http, $"/api/v1/deployments/{deployment.Id}");
            if (condition(now))
                return now;

            Assert.True(DateTime.UtcNow < until, $"{now.Id} is still {now.Status}: {string.Join(", ", now.Stages.Select(stage => $"{stage.Name} {stage.Status}"))}");
            await Task.Delay(20);
        }
    }

    /// <summary>Whoever asks a server that dies gets no answer.</summary>
    protected static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
        }
    }

    protected static async Task<Deployment> DeployAsync(HttpClient http, string request) =>
        Read<Deployment>(await PostAsync(http, "/api/v1/deployments", request, "application/json", "the-same-key"));

    internal static async Task<string> PostAsync(HttpClient http, string path, string body, string type = "application/json", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {response.StatusCode} {text}");
        return text;
    }

    protected static async Task<T> GetAsync<T>(HttpClient http, string path) => Read<T>(await http.GetStringAsync(path));

    private static T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, typeof(T), ContractsJson.Default)!;
}
