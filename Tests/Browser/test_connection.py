"""The line between page and gateway: what happens to it is seen, and nothing is lost."""

import threading

from case import PageCase


class Connection(PageCase):
    stage_options = {"pace": 200}

    def test_a_gateway_that_is_killed_and_started_again_leaves_no_gap(self):
        task = self.stage.open_ingest(title="Trades of Friday")
        self.stage.ingest(task, [{"step": step} for step in range(1, 101)], state="working")
        browser = self.browser().open(f"/tasks/{task}")
        browser.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE",
                             "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_NETWORK_CHANGED", "WebSocket connection to", "ERR_FAILED"]
        self.assert_whole(browser, task)
        self.stage.gateway.kill()
        browser.see("Reconnecting")
        self.assertIn("Trades of Friday", browser.text(), "the last picture stays")
        self.stage.start_gateway()
        self.stage.ingest(task, [{"step": step} for step in range(101, 301)])
        self.assert_whole(browser, task)
        browser.see("Reconnected after")
        browser.see("none lost")
        browser.see("Live")

    def test_a_gateway_that_drains_says_so_and_the_next_one_is_found(self):
        browser = self.browser().open("/new")
        browser.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE",
                             "WebSocket connection to", "ERR_FAILED"]
        browser.see("Give an alert file to an agent")
        browser.see("Live", ".pill")
        self.stage.gateway.process.terminate()
        browser.see("Draining", ".pill")
        browser.see("Nothing can be started while the connection is down.")
        self.stage.gateway.process.wait(30)
        self.stage.start_gateway()
        browser.see("Live", ".pill", within=60)
        self.assertNotIn("Nothing can be started", browser.text())

    def test_a_page_whose_module_could_not_be_had_comes_when_the_gateway_is_back(self):
        browser = self.browser().open("/help")
        browser.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE",
                             "WebSocket connection to", "ERR_FAILED", "Failed to fetch dynamically imported module"]
        browser.see("Live", ".pill")
        self.stage.gateway.kill()
        browser.see("Reconnecting", ".pill")
        browser.press("Agents")
        browser.see("The gateway could not be reached", "h1")
        self.stage.start_gateway()
        browser.see("orchestrator", "main", within=60)
        self.assertEqual(browser.path, "/agents")

    def test_twelve_tabs_are_one_stream(self):
        tasks = [self.stage.open_ingest(title=f"Task {number}") for number in range(12)]
        for task in tasks:
            self.stage.ingest(task, [{"step": 1}], state="working")
        browser = self.browser()
        before = self.stage.streams()
        handles = []
        for task in tasks:
            handles.append(browser.tab())
            browser.open(f"/tasks/{task}")
            browser.see("Live")
        # Each tab that comes has the one stream opened anew; the gateway sees the end of the last one a moment later.
        browser.wait(lambda: self.stage.streams() <= max(1, before), lambda: f"one stream; there are {self.stage.streams()}", 10)
        for task in tasks:
            self.stage.ingest(task, [{"step": 2}, {"step": 3}], state="completed")
        for task, handle in zip(tasks, handles):
            browser.driver.switch_to.window(handle)
            self.assert_whole(browser, task)
            self.assertEqual(browser.errors(), [])

    def follow_without_the_first_tab(self, browser, before_each=lambda: None):
        """Three tabs follow a task, and that which came first is closed while it runs."""
        task = self.stage.open_ingest(title="Trades of Tuesday")
        self.stage.ingest(task, [{"step": step} for step in range(50)], state="working")
        tabs = []
        for number in range(3):
            tabs.append(browser.tab() if number > 0 else browser.driver.current_window_handle)
            before_each()
            browser.open(f"/tasks/{task}")
            self.assert_whole(browser, task)
        browser.driver.switch_to.window(tabs[0])
        sender = threading.Thread(target=lambda: [self.stage.ingest(task, [{"step": step}, {"step": -step}]) for step in range(50, 250)])
        sender.start()
        browser.driver.close()
        sender.join()
        for tab in tabs[1:]:
            browser.driver.switch_to.window(tab)
            self.assert_whole(browser, task)
            browser.see("Live", ".pill")
        self.stage.ingest(task, [{"step": 0}])
        for tab in tabs[1:]:
            browser.driver.switch_to.window(tab)
            self.assert_whole(browser, task)
            self.assertEqual(browser.errors(), [])
        browser.wait(lambda: self.stage.streams() == 1, lambda: f"one stream; there are {self.stage.streams()}", 10)

    def test_the_first_of_several_tabs_is_closed_while_a_task_runs(self):
        self.follow_without_the_first_tab(self.browser())

    def test_the_tab_that_leads_is_closed_where_no_worker_is_shared(self):
        browser = self.browser()

        def without_workers():
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", source="delete globalThis.SharedWorker")
        self.follow_without_the_first_tab(browser, without_workers)

    def test_offline_is_said_and_heals_by_itself(self):
        task = self.stage.open_ingest(title="Trades of Monday")
        self.stage.ingest(task, [{"step": 1}], state="working")
        browser = self.browser().open(f"/tasks/{task}")
        browser.expected += ["ERR_INTERNET_DISCONNECTED"]
        browser.see("Live")
        browser.run("Object.defineProperty(navigator, 'onLine', {get: () => globalThis.isOnline ?? false, configurable: true});"
                    "dispatchEvent(new Event('offline'))")
        browser.see("Offline", within=10)
        browser.run("globalThis.isOnline = true; dispatchEvent(new Event('online'))")
        browser.see("Live")

    def test_a_session_that_ends_is_said_and_one_comes_back_to_the_same_page(self):
        task = self.stage.submit("clear-insider")
        self.stage.until(task, "completed")
        browser = self.browser().open(f"/tasks/{task}")
        browser.expected += ["401", "WebSocket connection to"]
        browser.wait(lambda: browser.find(".verdict"), "the decision")
        self.stage.end_sessions("analyst")
        browser.see("Your session was ended", "main")
        browser.see("Signed out", ".pill")
        self.assertFalse(browser.find(".verdict"), "nothing of the one who was signed in stays on the page")
        browser.sign_in()
        self.assertEqual(browser.path, f"/tasks/{task}")
        browser.wait(lambda: browser.find(".verdict"), "the decision again")
