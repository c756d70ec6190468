using Amazon.SQS.Model;
using Slipway.Agent.Connection;
using Slipway.Agent.Queue;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Doctor;

/// <summary>Has the server send a message all the way an assignment goes, and looks whether it arrives: topic, filter, queue policy, signature.</summary>
internal sealed class Bell(ServerRequests requests, ServerExamination server, QueuePlace place, AwsClients clients, string queueUrl, TimeProvider time)
{
    /// <summary>Longer than a message stays away that an agent took in the moment it was stopped.</summary>
    private static readonly TimeSpan Patience = QueueSetup.Visibility * 1.5;

    public async Task<Finding> RingAsync(bool agentRuns)
    {
        const string what = "a message from the server";
        using var patience = new CancellationTokenSource(Patience);
        var started = time.GetTimestamp();
        var before = server.Seen?.LastHelloAt;
        try
        {
            using var response = await requests.SendAsync(HttpMethod.Post, AgentPaths.Ring, null, patience.Token);
            if (!response.IsSuccessStatusCode)
                return Finding.Ill(what, "the server publishes nothing", "Set Slipway:Aws:Topic there: docs/guides/aws.md.");

            while (agentRuns ? (await server.LookAgainAsync(patience.Token))?.LastHelloAt == before : !await HasComeAsync(patience.Token))
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, patience.Token);

            return Finding.Well(what, $"arrived after {time.GetElapsedTime(started).TotalMilliseconds:0} ms{(agentRuns ? ", and the agent that runs here obeyed it" : "")}");
        }
        catch (OperationCanceledException)
        {
            return Finding.Ill(what, $"did not arrive within {Patience.TotalSeconds:0} s", "May the topic send to the queue (queue policy)? Is one of them encrypted with a KMS key that SNS may not use? What does the server's log say?");
        }
        catch (Exception e) when (e is HttpRequestException || Slipway.Aws.AwsException.Of(e) is not null)
        {
            return Finding.Ill(what, AwsTroubles.Explain(e), null);
        }
    }

    private async Task<bool> HasComeAsync(CancellationToken cancellation)
    {
        var keys = place.Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));
        var answer = await clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queueUrl, MaxNumberOfMessages = 10, WaitTimeSeconds = 5, VisibilityTimeout = 2 }, cancellation);
        foreach (var message in answer.Messages ?? [])
        {
            if (!System.Buffers.Text.Base64.IsValid(message.Body)
                || BroadcastSeal.Open(Convert.FromBase64String(message.Body), keys, out var broadcast) != SealVerdict.Genuine
                || !broadcast!.Parts.Any(part => part.Message.ReportIn is not null))
                continue;

            await clients.Sqs.DeleteMessageAsync(queueUrl, message.ReceiptHandle, cancellation);
            return true;
        }

        return false;
    }
}
