using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Aws;
using Slipway.Aws.Signing;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;

namespace Slipway.Server.Tests.Instances.Broker;

/// <summary>Answers as SNS would, keeps what is published, and refuses on demand.</summary>
internal sealed class FakeSns : HttpMessageHandler
{
    /// <summary>Every call's form, decoded.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Calls { get; } = new();

    public ConcurrentQueue<Published> Messages { get; } = new();

    /// <summary>An error code of AWS for every call of this kind, or null.</summary>
    public Func<string, string?> Refuse { get; set; } = _ => null;

    public IEnumerable<Published> Take()
    {
        while (Messages.TryDequeue(out var message))
            yield return message;
    }

    /// <summary>A server that publishes here.</summary>
    public Task<TestServer> StartAsync(TimeProvider? time = null, params string[] settings) => TestServer.StartAsync(Adjust(time), ["--Slipway:Aws:Topic", "slipway", "--Slipway:Aws:Region", "eu-central-1", .. settings]);

    public async Task<Published> NextAsync(Func<Published, bool> wanted)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            if (Messages.TryDequeue(out var message))
            {
                if (wanted(message))
                    return message;

                continue;
            }

            Assert.True(DateTime.UtcNow < deadline, "It was never published.");
            await Task.Delay(5);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        var form = text.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
        Calls.Enqueue(form);
        var action = form["Action"];
        if (Refuse(action) is { } code)
            return Answer(HttpStatusCode.Forbidden, $"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>");

        if (action != "PublishBatch")
            return Answer(HttpStatusCode.OK, $"<{action}Response><TopicArn>arn:aws:sns:eu-central-1:123456789012:{form.GetValueOrDefault("Name")}</TopicArn></{action}Response>");

        for (var i = 1; form.TryGetValue($"PublishBatchRequestEntries.member.{i}.Message", out var body); i++)
            Messages.Enqueue(new(form["TopicArn"], body, AttributesOf(form, i)));

        return Answer(HttpStatusCode.OK, "<PublishBatchResponse><Successful/><Failed/></PublishBatchResponse>");
    }

    private Action<WebApplicationBuilder> Adjust(TimeProvider? time) => builder =>
    {
        if (time is not null)
            builder.Services.AddSingleton(time);

        builder.Services.AddSingleton(provider => new AwsRequests(
            AwsAccess.Open("eu-central-1", new BasicAWSCredentials("id", "secret")), new HttpMessageInvoker(this, disposeHandler: false), provider.GetRequiredService<TimeProvider>()));
    };

    private static Dictionary<string, string> AttributesOf(Dictionary<string, string> form, int message)
    {
        var attributes = new Dictionary<string, string>();
        for (var i = 1; form.TryGetValue($"PublishBatchRequestEntries.member.{message}.MessageAttributes.entry.{i}.Name", out var name); i++)
            attributes[name] = form[$"PublishBatchRequestEntries.member.{message}.MessageAttributes.entry.{i}.Value.StringValue"];

        return attributes;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string xml) => new(status) { Content = new StringContent(xml, Encoding.UTF8, "text/xml") };

    /// <summary>A message as subscribers get it.</summary>
    internal sealed record Published(string Topic, string Body, IReadOnlyDictionary<string, string> Attributes)
    {
        public Broadcast Open(SigningKey key)
        {
            var keys = new Dictionary<string, byte[]> { [key.Id] = key.PublicKey.ToByteArray() };
            Assert.Equal(SealVerdict.Genuine, BroadcastSeal.Open(Convert.FromBase64String(Body), keys, out var broadcast));
            return broadcast!;
        }
    }
}
