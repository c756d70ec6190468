using System.Security.Cryptography;
using Amazon.SQS.Model;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Bench.Agents;

/// <summary>From a queue of its own, subscribed to the environment's topic; reports over the API: the AWS transport.</summary>
internal sealed class ListeningAgent(Fleet fleet, Options options, InstanceName name, string serverId, ECDsa key, bool fails, AwsPlace aws) : Agent(fleet, options, fails)
{
    private readonly string session = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource end = new();
    private HttpMessageInvoker? http;
    private Contracts.Agent.V1.Broker place = new();
    private Task listening = Task.CompletedTask;

    public override async Task ConnectAsync(HttpMessageInvoker invoker)
    {
        http = invoker;
        await SendAsync(new() { Hello = new() { AgentVersion = "bench", Listening = new() { QueueUrl = "https://bench" } } });
        var queue = (await aws.Sqs.CreateQueueAsync(name.Value)).QueueUrl;
        var arn = (await aws.Sqs.GetQueueAttributesAsync(queue, ["QueueArn"])).QueueARN;
        var filter = $$"""{"service":["*","{{Setup.Service}}"],"first":[{"numeric":["<=",{{place.InstanceNumber}}]}],"last":[{"numeric":[">=",{{place.InstanceNumber}}]}]}""";
        await aws.Sns.SubscribeAsync(place.TopicArn, arn, new Dictionary<string, string> { ["RawMessageDelivery"] = "true", ["FilterPolicy"] = filter }, CancellationToken.None);
        listening = Task.WhenAll(ListenAsync(queue), BeatAsync());
    }

    public override void Dispose()
    {
        end.Cancel();
        sending.Dispose();
    }

    protected override async Task SendAsync(ToServer message)
    {
        await sending.WaitAsync();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Options.Server, AgentPaths.Messages))
            {
                Content = new ByteArrayContent(new Reports { Session = session, Messages = { message } }.ToByteArray()),
            };
            request.Headers.TryAddWithoutValidation("Authorization", AgentSignature.Create(key, name, serverId, "POST", AgentPaths.Messages, DateTimeOffset.UtcNow).ToHeader());
            using var response = await http!.SendAsync(request, CancellationToken.None);
            response.EnsureSuccessStatusCode();
            foreach (var answer in Answers.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Messages)
                place = answer.Welcome?.Broker ?? place;
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task ListenAsync(string queue)
    {
        var keys = place.Keys.ToDictionary(one => one.Id, one => one.PublicKey.ToByteArray());
        try
        {
            while (!end.IsCancellationRequested)
            {
                var answer = await aws.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10, WaitTimeSeconds = 20 }, end.Token);
                foreach (var message in answer.Messages ?? [])
                {
                    if (BroadcastSeal.Open(Convert.FromBase64String(message.Body), keys, out var broadcast) == SealVerdict.Genuine)
                        await ObeyAsync(broadcast!);

                    await aws.Sqs.DeleteMessageAsync(queue, message.ReceiptHandle, end.Token);
                }
            }
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}");
            Lost();
        }
    }

    private async Task ObeyAsync(Broadcast broadcast)
    {
        foreach (var part in broadcast.Parts.Where(part => InstanceNumbers.Include(part.To, place.InstanceNumber)))
        {
            if (part.WithRelease && part.Message.Assign is { } assign)
                assign.Release = broadcast.Release;
            if (part.WithRelease && part.Message.Prepare is { } prepare)
                prepare.Release = broadcast.Release;

            await HandleAsync(part.Message);
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
                await SendAsync(new() { Heartbeat = new() });
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
