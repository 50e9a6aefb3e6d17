"""The way in: a link that is good, used up, or not whole; and somebody who is in already."""

from case import PICTURES, PageCase


class SignIn(PageCase):
    def setUp(self):
        super().setUp()
        self.one = self.browser(sign_in=None)
        self.one.expected += ["401"]

    def say(self, title, name):
        self.one.wait(lambda: self.one.text("h1") == title, lambda: f"the title “{title}”; it is “{self.one.text('h1')}”")
        self.one.picture(f"{PICTURES}/sign-in-{name}.png")

    def go(self, url):
        # Another fragment alone would be no other page.
        self.one.driver.get("about:blank")
        self.one.driver.get(url)

    def test_without_a_link_the_page_says_how_to_get_one(self):
        self.one.open("/sign-in")
        self.say("Sign in", "nothing")
        self.one.see("signalbox sign-in-link NAME")

    def test_a_link_is_good_once_and_says_so_afterwards(self):
        link = self.stage.link()
        self.go(link)
        self.one.wait(lambda: self.one.path == "/", "the first page")
        self.assertNotIn("#", self.one.run("return location.href"), "the link's secret is gone from the address")
        self.one.cdp("Network.clearBrowserCookies")
        self.go(link)
        self.say("This link does not work any more", "used")
        self.one.see("works once")

    def test_a_link_that_was_cut_is_told_from_one_that_is_too_old(self):
        link = self.stage.link()
        self.go(link[:link.index("#") + 8])
        self.say("This is no whole link", "cut")

    def test_who_is_in_already_is_asked_before_becoming_somebody_else(self):
        self.one.sign_in("analyst")
        self.one.open("/sign-in")
        self.say("You are signed in", "already")
        self.one.see("As analyst")
        self.go(self.stage.link("operator"))
        self.say("You are signed in", "already-with-link")
        self.one.see("As analyst")
        self.one.press("Use the new link instead")
        self.one.wait(lambda: self.one.path == "/", "the first page")
        self.assertEqual(self.one.run_async("fetch('/api/session').then((one) => one.json()).then((one) => arguments[0](one.principal))"), "operator")

    def test_whoever_was_sent_to_sign_in_comes_back_to_the_page_they_wanted(self):
        self.one.open("/agents")
        self.say("You are not signed in", "not-in")
        self.go(self.stage.link())
        self.one.wait(lambda: self.one.path == "/agents", "the page that was asked for")
