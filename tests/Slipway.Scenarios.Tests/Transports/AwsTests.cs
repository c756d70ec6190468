using System.Net.Http.Headers;
using System.Text;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>What tests of the AWS transport share: an emulator, a proxy that misbehaves, a fleet of two that runs the shop.</summary>
public abstract class AwsTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private AwsFleet? aws;

    protected AwsFleet Aws => aws!;

    /// <summary>What survives the emulator's death.</summary>
    protected virtual bool IsPersistent => false;

    public async ValueTask InitializeAsync() => aws = await AwsFleet.StartAsync(IsPersistent);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (aws is not null)
            await aws.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Two instances and the versions 1 and 2 of the shop.</summary>
    protected async Task<Fleet> StartAsync(Func<string, string>? transportOf = null, params string[] settings)
    {
        var fleet = await Fleet.StartAsync(Aws.Settings(transportOf, settings));
        await Shop.DescribeAsync(fleet);
        await fleet.JoinAsync("dev", 2, Shop.Name);
        await Patience.UntilAsync("the agents listen", () => Task.FromResult(fleet.Agents.All(agent => transportOf?.Invoke(agent.Name) == "direct" || agent.Output.Contains("Listening to", StringComparison.Ordinal))));
        await Shop.PublishAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "2");
        return fleet;
    }

    protected static Task DeployAsync(Fleet fleet, string version) => fleet.MustAsync("deploy", Shop.Name, version, "--to", "dev", "--wait");

    /// <summary>Straight to the emulator, past the proxy: what somebody else does in the account.</summary>
    protected async Task<string> SqsAsync(string action, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws.Emulator.Url)
        {
            Content = new StringContent(json, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") } },
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + action);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=none");
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    protected async Task<string> SnsAsync(string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws.Emulator.Url)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=none");
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    protected async Task CreateBucketAsync(string name)
    {
        using var answer = await http.PutAsync(new Uri(Aws.Emulator.Url, name), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the emulator knows of a queue, as JSON.</summary>
    protected Task<string> QueueAsync(string name) => AnswerAsync($"/_fauxqs/queues/{name}");

    private async Task<string> AnswerAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(Aws.Emulator.Url, path));
        return await answer.Content.ReadAsStringAsync();
    }
}
